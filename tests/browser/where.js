// Where a visitor taps on the page of a stop, in pixels of the view: to listen, and half-way
// along the line. Without our own player that is the left end of the browser's, and no line.
(listen) => {
  const seen = (each) => each.getClientRects().length > 0;
  const inSound = (selector) =>
    [...document.querySelectorAll(`section.sound ${selector}`)].filter(seen);
  const name = (button) => (button.getAttribute("aria-label") || button.textContent).trim();
  const button = inSound("button").find((each) => name(each).startsWith(listen));
  const player = button || document.querySelector("audio");
  player.scrollIntoView({ block: "center", behavior: "instant" });
  const middle = (each) => {
    const { left, top, width, height } = each.getBoundingClientRect();
    return { x: Math.round(left + width / 2), y: Math.round(top + height / 2), half: height / 2 };
  };
  const play = middle(player);
  if (!button) play.x = Math.round(player.getBoundingClientRect().left + play.half);
  const [line] = inSound("input[type=range]");
  return { play, line: line ? middle(line) : null };
};
