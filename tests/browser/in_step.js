// What a phone of a group plays and shows, and what it should: by the group as the server tells it
// to everybody, and by this machine's own clock, which is the server's. `due` is handed in.
({ state, visit }) => {
  const audio = document.querySelector("audio");
  const language = document.documentElement.lang;
  const now = performance.timeOrigin + performance.now();
  const there = due(state, visit, language, now);
  const cues = visit.words[language]?.cues ?? [];
  return {
    due: there.sentence,
    moves: there.moves,
    over: Boolean(there.over),
    distance: audio.currentTime - there.second,
    heard: cues.filter(([start]) => start <= 1000 * audio.currentTime + 60).length - 1,
    sounds: !audio.paused,
    number: document.querySelector(".number").textContent,
    said: document.querySelector(".status").textContent,
    language,
  };
};
