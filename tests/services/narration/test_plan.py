from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select

from audioguide.engines import read_voices
from audioguide.errors import VoiceUnavailable
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript, VoiceRest, now
from audioguide.services import importing
from audioguide.services.narration import (
    audible,
    backoff,
    lexicons,
    plan,
    queue,
    scripts,
    work_report,
)
from audioguide.services.narration.plan import DRAFT_VOICE, Wishes
from audioguide.services.narration.queue import Claim
from audioguide.services.narration.scope import EVERYTHING
from museum import ALASH, World

pytestmark = pytest.mark.thorough

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
AIGUL = "edge-tts:kk-KZ-AigulNeural"
CHAINS = {KK: (AIGUL, DRAFT_VOICE), RU: ("gtts", "edge-tts:ru", DRAFT_VOICE), EN: (DRAFT_VOICE,)}
ONLINE = Wishes(read_voices("auto", ""), CHAINS)
AT_HOME = plan.DRAFTS
TEXTS = 4


def want(world: World, wishes: Wishes = ONLINE) -> int:
    with world.database.reading() as session:
        changed = scripts.prepare_changed(session, world.media)
    with world.database.writing() as session:
        scripts.keep(session, changed)
        return plan.want_all(session, wishes)


def states(world: World, language: Language = RU) -> Mapping[str, State]:
    """Tell how far each voice has come at the stop of Alash."""
    with world.database.reading() as session:
        rows = session.scalars(
            select(Narration)
            .join(Stop, Stop.id == Narration.stop_id)
            .where(Stop.code == ALASH, Narration.language == language)
        )
        return {row.voice: State(row.state) for row in rows}


def heard_voice(world: World, language: Language = RU) -> tuple[str, bool] | None:
    with world.database.reading() as session:
        query = select(Transcript).join(Stop).where(Stop.code == ALASH)
        words = session.scalars(query.where(Transcript.language == language)).one()
        heard = audible.heard(session, words.stop_id, language, words.digest)
    return None if heard is None else (heard.voice, heard.is_current)


def claim_next(world: World, voice: str, language: Language = RU) -> Claim:
    """Claim the narration of Alash by a voice; what comes before it is made."""
    while (claimed := world.claim()) is not None:
        if (claimed.stop, claimed.language, claimed.voice) == ("1 alash", language, voice):
            return claimed
        world.keep(claimed)
    raise AssertionError(f"{voice} was never wanted")


def fail(world: World, claimed: Claim) -> None:
    with world.database.writing() as session:
        queue.fail(session, claimed, "The voice is hoarse.")
        plan.want_all(session, ONLINE)


def rest(world: World, voice: str, wait_s: float = 0) -> None:
    with world.database.writing() as session:
        error = VoiceUnavailable("{service} does not answer.", wait_s=wait_s, service="It")
        backoff.rest(session, voice, error)
        plan.want_all(session, ONLINE)


def end_rests(world: World) -> None:
    with world.database.writing() as session:
        for row in session.scalars(select(VoiceRest)):
            row.until = now() - timedelta(seconds=1)


def test_the_draft_and_the_best_voice_are_wanted_and_no_other(world: World) -> None:
    assert want(world) == 2 * TEXTS  # the drafts are wanted already
    assert states(world, KK) == {DRAFT_VOICE: State.WANTED, AIGUL: State.WANTED}
    assert states(world, RU) == {DRAFT_VOICE: State.WANTED, "gtts": State.WANTED}
    assert states(world, EN) == {DRAFT_VOICE: State.WANTED}
    assert want(world) == 0


def test_every_draft_comes_before_any_better_voice(world: World) -> None:
    want(world)
    voices = []
    while (claimed := world.claim()) is not None:
        voices.append(claimed.voice)
        world.keep(claimed)
    assert voices[: 3 * TEXTS] == [DRAFT_VOICE] * (3 * TEXTS)
    assert set(voices[3 * TEXTS :]) == {AIGUL, "gtts"}


def test_a_better_voice_is_heard_once_it_is_whole_and_never_goes_back(world: World) -> None:
    want(world)
    better = claim_next(world, "gtts")
    assert heard_voice(world) == (DRAFT_VOICE, True)
    world.keep(better)
    assert heard_voice(world) == ("gtts", True)
    with world.database.writing() as session:
        plan.want_again_all(session, EVERYTHING)
    claim_next(world, DRAFT_VOICE)
    assert heard_voice(world) == ("gtts", True)


def test_a_changed_text_is_heard_as_a_draft_until_the_better_voice_has_it(world: World) -> None:
    want(world)
    world.speak_all()
    world.edit("stops/1-alash/ru.md", "Не торопитесь.", "Идите медленно.")
    world.bring()
    want(world)
    assert heard_voice(world) == ("gtts", False)
    world.keep(claim_next(world, DRAFT_VOICE))
    assert heard_voice(world) == (DRAFT_VOICE, True)
    world.keep(claim_next(world, "gtts"))
    assert heard_voice(world) == ("gtts", True)


def test_where_a_voice_fails_the_next_one_is_wanted(world: World) -> None:
    want(world)
    fail(world, claim_next(world, "gtts"))
    assert states(world)["edge-tts:ru"] == State.WANTED
    world.keep(claim_next(world, "edge-tts:ru"))
    assert heard_voice(world) == ("edge-tts:ru", True)
    with world.database.reading() as session:
        (fallback,) = work_report.fallbacks(session)
        assert work_report.failures(session) == ()
    assert (fallback.stop, fallback.language, fallback.voice) == ("1 alash", RU, "gtts")
    assert str(fallback.reason) == "The voice is hoarse."


def test_what_a_voice_could_not_say_is_tried_when_the_text_is_mended(world: World) -> None:
    want(world)
    fail(world, claim_next(world, "gtts"))
    world.edit("stops/1-alash/ru.md", "Не торопитесь.", "Идите медленно.")
    world.bring()
    want(world)
    assert states(world)["gtts"] == State.WANTED
    assert "edge-tts:ru" not in states(world)


def test_a_voice_that_rests_is_not_asked_and_its_texts_wait(world: World) -> None:
    want(world)
    rest(world, "gtts")
    rest(world, "edge-tts:ru")
    claimed = []
    while (one := world.claim()) is not None:
        claimed.append(one)
        world.keep(one)
    assert {one.voice for one in claimed} == {DRAFT_VOICE, AIGUL}
    assert states(world)["gtts"] == State.WANTED
    with world.database.reading() as session:
        progress = work_report.progress(session)
        assert not queue.work_is_waiting(session)
    assert (progress.to_do, progress.waiting, progress.failed) == (0, 2 * TEXTS, 0)


def test_a_voice_that_answers_again_speaks_and_the_lesser_one_is_let_go(world: World) -> None:
    want(world)
    rest(world, "gtts")
    assert states(world)["edge-tts:ru"] == State.WANTED
    end_rests(world)
    world.keep(claim_next(world, "gtts"))
    assert heard_voice(world) == ("gtts", True)
    assert "edge-tts:ru" not in states(world)


def test_rests_grow_to_an_hour_and_heed_a_longer_wish(world: World) -> None:
    def minutes(wait_s: float = 0) -> int:
        rest(world, "gtts", wait_s)
        with world.database.reading() as session:
            return round((backoff.voices(session)["gtts"].until - now()).total_seconds() / 60)

    assert [minutes() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert minutes(7200) == 120
    assert minutes(1e9) == minutes(float("inf")) == 24 * 60
    with world.database.writing() as session:
        backoff.wake(session, "gtts")
    assert minutes() == 1


def test_a_text_that_a_voice_could_not_say_comes_after_the_others(world: World) -> None:
    want(world)
    first = claim_next(world, "gtts")
    with world.database.writing() as session:
        queue.give_back(session, first, behind=True)
        queue.ask(session, stop_of(world), RU)
    others = []
    while (one := world.claim()) is not None:
        if one.voice == "gtts":
            others.append(one.stop)
        world.keep(one)
    assert others[-1] == "1 alash"
    assert len(others) > 1


def stop_of(world: World) -> int:
    with world.database.reading() as session:
        return session.scalars(select(Stop.id).where(Stop.code == ALASH)).one()


def test_a_lapsed_claim_of_a_voice_that_rests_waits_as_well(world: World) -> None:
    want(world)
    claimed = claim_next(world, "gtts")
    rest(world, "gtts")
    rest(world, "edge-tts:ru")
    while (one := world.claim()) is not None:
        world.keep(one)
    with world.database.writing() as session:
        row = session.get_one(Narration, claimed.narration_id)
        row.claimed_until = now() - timedelta(seconds=1)
    with world.database.reading() as session:
        assert work_report.progress(session).to_do == 0


def test_only_one_narration_at_a_time_is_asked_of_an_online_voice(world: World) -> None:
    want(world)
    first = claim_next(world, "gtts", RU)
    others = []
    while (one := world.claim("other worker")) is not None:
        others.append(one.voice)
    assert "gtts" not in others
    assert world.keep(first)
    assert world.claim("other worker") is not None


def test_offline_lets_go_of_what_online_voices_were_to_say_and_keeps_what_they_said(
    world: World,
) -> None:
    want(world)
    world.keep(claim_next(world, "gtts"))
    assert want(world, AT_HOME) == 0
    assert states(world, KK) == {DRAFT_VOICE: State.READY}
    assert states(world, RU) == {DRAFT_VOICE: State.READY, "gtts": State.READY}
    assert heard_voice(world) == ("gtts", True)
    assert world.claim() is None


def test_a_chain_that_names_no_online_voice_does_not_play_it_either(world: World) -> None:
    want(world)
    world.speak_all()
    want(world, Wishes(read_voices("ru=espeak-ng", ""), AT_HOME.chains))
    assert heard_voice(world) == (DRAFT_VOICE, True)


def record(world: World, digest: str | None = None) -> None:
    """Put a recording of the Russian Alash into its row, as a person's."""
    with world.database.writing() as session:
        query = select(Transcript).join(Stop).where(Stop.code == ALASH)
        words = session.scalars(query.where(Transcript.language == RU)).one()
        session.add(
            Narration(
                stop_id=words.stop_id,
                language=RU,
                voice="recording",
                source=Source.RECORDED,
                state=State.READY,
                wanted_digest=words.digest,
                text_digest=digest or words.digest,
                sound=world.store.keep(b"a person", "mp3"),
                cues=world.store.keep(b"WEBVTT\n", "vtt"),
                made_at=now() - timedelta(days=300),
                attempts=0,
            )
        )


def test_a_person_is_heard_whatever_computers_make_afterwards(world: World) -> None:
    want(world)
    record(world)
    world.speak_all()
    assert heard_voice(world) == ("recording", True)
    assert set(states(world).values()) == {State.READY}


def test_where_a_person_speaks_the_text_only_the_draft_is_made_besides(world: World) -> None:
    record(world)
    want(world)
    assert states(world) == {DRAFT_VOICE: State.WANTED, "recording": State.READY}


def test_a_person_who_spoke_an_older_text_is_still_heard_and_said_to_be_older(
    world: World,
) -> None:
    record(world, digest="older")
    want(world)
    world.speak_all()
    assert heard_voice(world) == ("recording", False)


def test_no_worker_ever_claims_a_recording(world: World) -> None:
    record(world)
    with world.database.writing() as session:
        query = select(Narration).where(Narration.source == Source.RECORDED)
        session.scalars(query).one().state = State.WANTED
    voices = set()
    while (claimed := world.claim()) is not None:
        voices.add(claimed.voice)
    assert voices == {DRAFT_VOICE}


def write_lexicon(world: World, *lines: str) -> None:
    folder = world.media / "lexicon"
    folder.mkdir(exist_ok=True)
    (folder / "ru.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def keep_as_spoken(world: World, claimed: Claim) -> None:
    """Keep a sound with the digest of the script that a voice would have been given."""
    with world.database.reading() as session:
        row = session.get_one(Narration, claimed.narration_id)
        words = session.scalars(
            select(Transcript).where(
                Transcript.stop_id == row.stop_id, Transcript.language == claimed.language
            )
        ).one()
    world.keep(claimed, script=words.script_digest)


def speak_all(world: World) -> list[str]:
    spoken = []
    while (claimed := world.claim()) is not None:
        spoken.append(f"{claimed.stop} {claimed.language}")
        keep_as_spoken(world, claimed)
    return spoken


def bring_alone(world: World) -> None:
    """Import the pack and want nothing spoken yet."""
    pack = importing.read(world.media)
    with world.database.writing() as session:
        importing.bring_in(session, pack)


def test_a_changed_lexicon_renews_exactly_what_it_changes(world: World) -> None:
    want(world, AT_HOME)
    assert len(speak_all(world)) == 3 * TEXTS
    write_lexicon(world, "Алаша\tАла́ша", "Голодомор\tголодомо́р")
    bring_alone(world)
    assert want(world, AT_HOME) == 1
    assert heard_voice(world) == (DRAFT_VOICE, True)  # the text is the present one all the while
    assert speak_all(world) == ["1 alash ru"]
    assert want(world, AT_HOME) == 0
    write_lexicon(world, "Алаша\tАла́ша", "# Голодомор is not in these texts")
    world.bring()
    assert want(world, AT_HOME) == 0


def test_a_lexicon_changed_while_a_text_is_spoken_is_heard_the_next_time(world: World) -> None:
    want(world, AT_HOME)
    claimed = claim_next(world, DRAFT_VOICE)
    write_lexicon(world, "Алаша\tАла́ша")
    world.bring()
    want(world, AT_HOME)
    world.keep(claimed, script=claimed.script)
    assert states(world)[DRAFT_VOICE] == State.WANTED


def test_a_lexicon_that_was_read_before_it_was_imported_is_spoken_once(world: World) -> None:
    want(world, AT_HOME)
    claimed = claim_next(world, DRAFT_VOICE)
    write_lexicon(world, "Алаша\tАла́ша")
    lexicon = lexicons.lexicon(world.media, RU)
    spoken = scripts.script_digest(scripts.script(claimed.text, RU, lexicon))
    world.keep(claimed, script=spoken)
    assert states(world)[DRAFT_VOICE] == State.READY
    world.bring()
    assert want(world, AT_HOME) == 0


def test_sound_from_before_scripts_had_digests_is_not_made_again(world: World) -> None:
    world.speak_all()
    assert want(world, AT_HOME) == 0
    write_lexicon(world, "Алаша\tАла́ша")
    bring_alone(world)
    assert want(world, AT_HOME) == 1


def test_a_text_changed_and_changed_back_has_its_sound_already(world: World) -> None:
    want(world, AT_HOME)
    speak_all(world)
    world.edit("stops/1-alash/ru.md", "Не торопитесь.", "Идите медленно.")
    world.bring()
    want(world, AT_HOME)
    assert states(world)[DRAFT_VOICE] == State.WANTED
    world.edit("stops/1-alash/ru.md", "Идите медленно.", "Не торопитесь.")
    world.bring()
    want(world, AT_HOME)
    assert states(world)[DRAFT_VOICE] == State.READY


def test_preparing_again_what_has_not_changed_prepares_nothing(world: World) -> None:
    want(world, AT_HOME)
    with world.database.reading() as session:
        assert scripts.prepare_changed(session, world.media) == {}
