"""How good the suggestions are: judged by fits that never heard who speaks."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from lde_qual.api.drawing import drawing_file, save_drawing
from lde_qual.api.endpoint import endpoint
from lde_qual.api.inputs import Names, at_least
from lde_qual.api.outside import nothing_to_overwrite, outside, told_outside, write_predictions
from lde_qual.api.reviewing import decided, effect
from lde_qual.api.study import OpenStudy, language, listed
from lde_qual.api.suggesting import DEFAULT_SCORER, check_unit, chosen_scorer, material, what_it_rests_on
from lde_qual.api.writing import LdeQualWarning
from lde_qual.errors import UsageError
from lde_qual.figures.evaluation import learning, reliability
from lde_qual.model.codebook import Codebook
from lde_qual.tagging.candidates import owners
from lde_qual.tagging.evaluation import (
    BASELINES,
    SUMMARY_COLUMNS,
    Trial,
    calibration,
    coverage,
    learning_curve,
    per_code,
    summary,
)
from lde_qual.tagging.held_out import Answers, answers
from lde_qual.tagging.language_model import Voted
from lde_qual.tagging.lessons import Lessons, candidates_above
from lde_qual.tagging.measures import share_interval
from lde_qual.tagging.scorer import Scorer, scorer

TABLES = ("codes", "summary", "calibration", "coverage", "learning-curve", "decisions", "effect")
"""The last two are of what a person did with suggestions; see `reviewing`."""

Progress = Callable[[int, int], None]


def evaluate(  # noqa: PLR0913 - every option of the command is a keyword of its own
    study: OpenStudy,
    *,
    summary: bool = False,
    table: str | None = None,
    test: str | Path | None = None,
    train: str | Path | None = None,
    codes: Names = None,
    level: int | None = None,
    predictions: str | Path | None = None,
    unit: str = "passage",
    coder: str | None = None,
    method: str = DEFAULT_SCORER,
    model_url: str | None = None,
    model: str | None = None,
    send_text_to: str | None = None,
    seed: int = 1,
    bar: float | None = None,
    plot: str | Path | None = None,
    lang: str | None = None,
    progress: Progress = lambda _done, _all: None,
    notice: Callable[[str], None] | None = None,
) -> pd.DataFrame | None:
    """Say how good the suggestions are, every passage judged as if its respondent were new.

    Without `test`, the passages of the transcripts that a coder coded, against that
    coder's own codings: never one taken over from a suggestion or made while
    suggestions could be seen. With `test`, passages from outside the study, and no
    coding of the study is used.

    Parameters
    ----------
    summary : bool
        Measures of the whole in place of a row a code.
    table : str, optional
        ``codes``, ``summary``, ``calibration``, ``coverage``, ``learning-curve``; or
        ``decisions`` and ``effect``, of what a person did with suggestions.
    test, train : path, optional
        Files of passages, a JSON object a line.
    codes, level
        The candidates. Inside the study all codes unless given, outside the codebook's
        `report_codes`, else all.
    bar : float, optional
        An F1: the notices name the codes below it, ready to be switched off.
    plot : path, optional
        Where to draw the table ``calibration`` or ``learning-curve``, a .png or .svg.
    model_url, model, send_text_to, notice
        As for `suggest`: the suggestions judged are those with the model's votes.
    predictions : path, optional
        With `test`: where to write what is said of each passage.

    Returns
    -------
    DataFrame or None
        None where the passages of `test` bear no code to compare with.

    Raises
    ------
    LdeQualError
        For options that do not go together, a file that cannot be read, and a study in
        which nobody coded.
    """
    spoken = language(study, lang)
    wanted = table or ("summary" if summary else "codes")
    at_least(seed=(seed, 0))
    _check(wanted, unit, bar, asks=bool(model_url or model or send_text_to))
    drawing = _drawing(wanted, Path(plot)) if plot is not None else None
    _check_files(wanted, test, train, predictions)
    nothing_to_overwrite(predictions, test, train)
    if wanted == "decisions":
        return decided(study, coder=coder, codes=codes, lang=lang)
    if wanted == "effect":
        return effect(study, coder=coder, unit=unit, codes=codes, method=method, seed=seed, progress=progress)
    chosen = _candidates(study.model.codebook, listed(codes), level, outside=test is not None)
    if test is None:
        trial, who = _inside(study, chosen, coder=coder, unit=unit), study.model.counting_coder(coder)
        notices = [*study.notices, *_told(trial), *_not_known(study, who, unit)]
    else:
        (trial, assumed), who = outside(study, chosen, test=Path(test), train=Path(train) if train else None), None
        notices = [*assumed, *told_outside(trial, chosen)]
    judge = chosen_scorer(
        method, endpoint(model_url, model, send_text_to=send_text_to, warn=notice, folder=study.folder)
    )
    needed = wanted != "learning-curve" or predictions is not None
    said = answers(judge, trial.material, trial.passages, seed=seed, progress=progress) if needed else None
    if predictions is not None and said is not None:
        write_predictions(Path(predictions), trial, said)
    if not np.any(trial.truth()):
        if predictions is None:
            raise _nothing_to_compare(test)
        _tell(notices if any(each.codes for each in trial.passages) else notices[:-1], notice)
        return None
    frame = _table(wanted, trial, said, judge=judge, seed=seed, progress=progress)
    if test is None and wanted == "summary":
        frame = pd.concat([frame, _ceiling(study, trial, who, unit, seed=seed)], ignore_index=True)
    if drawing is not None:
        drawing(frame, lang=spoken, stamp=study.model.codebook.voorbeeldmateriaal)
    about = what_it_rests_on(study.model.codebook)
    about += judge.tally.told() if isinstance(judge, Voted) else []
    if bar is not None and said is not None:
        about += _below(per_code(said, trial), bar)
    frame.attrs.update(unit=unit if test is None else "passage from outside", coder=who, notices=[*notices, *about])
    return frame


def _tell(notices: Sequence[str], notice: Callable[[str], None] | None) -> None:
    """Say in one what no table is there to bear."""
    if notices and notice is not None:
        notice(" ".join(notices))
    elif notices:
        warnings.warn(" ".join(notices), LdeQualWarning, stacklevel=3)


def _check(table: str, unit: str, bar: float | None, *, asks: bool) -> None:
    if table not in TABLES:
        raise UsageError(f"'{table}' is no table of an evaluation.", way_out=f"Use one of {', '.join(TABLES)}.")
    check_unit(unit)
    if bar is not None and not 0 <= bar <= 1:
        raise UsageError(f"--bar cannot be {bar}.", way_out="Give an F1, from 0 to 1.")
    if asks and table in {"decisions", "effect"}:
        raise UsageError(f"--table {table} asks no language model.", way_out="Leave --model-url and --model out.")
    if bar is not None and table in {"learning-curve", "decisions", "effect"}:
        raise UsageError(f"--bar says nothing of the table '{table}'.", way_out="Leave one of the two out.")


def _check_files(table: str, test: str | Path | None, *others: str | Path | None) -> None:
    if test is None and any(other is not None for other in others):
        raise UsageError("--train and --predictions go with --test.", way_out="Name the passages to judge with --test.")
    if test is not None and table in {"decisions", "effect"}:
        raise UsageError(f"--table {table} is of the study's own codings.", way_out="Leave --test out.")


def _drawing(table: str, file: Path) -> Callable[..., None]:
    """Return what draws a table into a file, or refuse both at once."""
    makers = {"calibration": reliability, "learning-curve": learning}
    if table not in makers:
        raise UsageError(f"The table '{table}' has no drawing.", way_out=f"Draw --table {' or '.join(makers)}.")
    path = drawing_file(file)

    def draw(frame: pd.DataFrame, *, lang: str, stamp: bool) -> None:
        save_drawing(path, makers[table](frame, lang=lang, stamp=stamp))

    return draw


def _below(codes: pd.DataFrame, bar: float) -> list[str]:
    """Return a sentence that names the codes of which the suggestions are below a bar, and how to switch them off."""
    low = codes.loc[(codes["n"] > 0) & (codes["f1"] < bar), "code"].tolist()
    if not low:
        return [f"No code that occurs has an F1 below {bar:g}."]
    names = ",".join(low)
    return [f"F1 below {bar:g}: {names}. `suggest --without` or `no_suggestions:` in codebook.yaml leaves them out."]


def _ceiling(study: OpenStudy, trial: Trial, who: str | None, unit: str, *, seed: int) -> pd.DataFrame:
    """Return a row for each other coder: how often they give a passage one of this coder's codes.

    Over the passages with a code in transcripts that both coded: what a person reaches,
    beside `accuracy_at_1`.
    """
    rows = []
    for other in study.model.people():
        both = set(study.model.coded_transcripts(other)) & set(study.model.coded_transcripts(who))
        if other == who or not both:
            continue
        lessons = Lessons(study.model, other, unit)
        theirs = {labelled.id: labelled.codes for _, labelled in lessons.tested()}
        truth = trial.truth()
        own = [i for i, each in enumerate(trial.passages) if truth[i].any() and each.transcript in both]
        kept = [i for i in own if trial.passages[i].id in theirs]
        right = [
            any(truth[i, trial.owner[code]] for code in theirs[trial.passages[i].id] if code in trial.owner)
            for i in kept
        ]
        low, high = share_interval(right, [trial.passages[i].respondent for i in kept], np.random.default_rng(seed))
        value = float(np.mean(right)) if right else float("nan")
        rows.append((f"same_code_{other}", value, low, high, float("nan"), float("nan"), len(kept)))
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))


def _table(
    wanted: str, trial: Trial, said: Answers | None, *, judge: Scorer, seed: int, progress: Progress
) -> pd.DataFrame:
    if said is None or wanted == "learning-curve":
        return learning_curve(trial, by=judge, seed=seed, progress=progress)
    if wanted == "summary":
        beside = {name: _baseline(trial, name, seed=seed) for name in BASELINES}
        return summary(said, trial, baselines=beside, rng=np.random.default_rng(seed))
    return {"codes": per_code, "calibration": calibration, "coverage": coverage}[wanted](said, trial)


def _candidates(codebook: Codebook, codes: list[str] | None, level: int | None, *, outside: bool) -> tuple[str, ...]:
    if codes is not None and level is not None:
        raise UsageError("--codes and --level both choose the candidates.", way_out="Give one of the two.")
    if codes is not None or level is not None:
        found = dict.fromkeys(map(codebook.require, codes) if codes is not None else codebook.cut(level or 0))
        if not found:
            raise UsageError("--codes and --level leave no code to choose from.", way_out="Name one code, or level 1.")
        return tuple(found)
    return tuple(codebook.report_codes) if outside and codebook.report_codes else tuple(codebook.ids())


def _baseline(trial: Trial, name: str, *, seed: int) -> Answers:
    """Judge by a baseline.

    Where nothing is labelled, the most frequent code is counted in the passages judged,
    those of other respondents: a passage's own code is still never learned from.
    """
    if name == "majority" and not trial.material.labelled:
        trial = replace(trial, material=replace(trial.material, labelled=trial.passages))
    return answers(scorer(name), trial.material, trial.passages, seed=seed)


def _inside(study: OpenStudy, chosen: tuple[str, ...], *, coder: str | None, unit: str) -> Trial:
    lessons = Lessons(study.model, study.model.counting_coder(coder), unit)
    passages = [labelled for _, labelled in lessons.tested()]
    return Trial(
        material(lessons, chosen), passages, owners(study.model.codebook, chosen), candidates_above(study.model, chosen)
    )


def _told(trial: Trial) -> list[str]:
    coded = int(trial.truth().any(axis=1).sum())
    people = len({each.respondent for each in trial.passages})
    return [f"{len(trial.passages)} passages of {people} respondents, {coded} with a code; each judged by the others'."]


def _not_known(study: OpenStudy, who: str | None, unit: str) -> list[str]:
    """Return a sentence on codings of which nothing says whether suggestions could be seen, such as a table's."""
    codings = [each.coding for own in Lessons(study.model, who, unit).codings.values() for each in own]
    n = sum(each.origin == "human" and each.suggestions_visible is None for each in codings)
    if not n:
        return []
    return [f"Of {n} of {len(codings)} codings it is not known whether suggestions could be seen: taken as unseen."]


def _nothing_to_compare(test: str | Path | None) -> UsageError:
    if test is not None:
        return UsageError(
            f"No passage of {test} bears one of the codes.",
            way_out='Add "code" to its lines, or name a file with --predictions to have the answers only.',
        )
    return UsageError(
        "There is nothing to compare with: no passage was coded by hand at these codes.",
        way_out="Code an interview first (`lde-qual import-codings`, `lde-qual code`), or give --test.",
    )
