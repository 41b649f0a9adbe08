"""A Piper voice of 2.5 KB that whistles: a real model for a real engine, built in the test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

SAMPLE_RATE_HZ = 22_050
HOP = 256
SYMBOLS = 256
ESPEAK = {"kk": "kk", "ru": "ru", "en": "en-us"}


def write_voice(
    folder: Path,
    name: str,
    loudness: float = 0.3,
    *,
    speakers: int = 1,
    named: Mapping[str, int] | None = None,
) -> Path:
    """Write model and description of a voice; return the model's path.

    Of several speakers each whistles an octave higher than the one before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    onnx.save(_model(loudness, speakers), str(path))
    description = {
        "audio": {"sample_rate": SAMPLE_RATE_HZ},
        "espeak": {"voice": ESPEAK[name[:2]]},
        "phoneme_type": "espeak",
        "num_symbols": SYMBOLS,
        "num_speakers": speakers,
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "speaker_id_map": dict(named or {}),
        "hop_length": HOP,
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(description), encoding="utf-8")
    return path


def _model(loudness: float, speakers: int) -> onnx.ModelProto:
    """Give each phoneme a length in frames and a pitch; frames become a sine."""
    sid = helper.make_tensor_value_info("sid", TensorProto.INT64, [1])
    constants = _constants(loudness)
    if speakers > 1:  # else onnxruntime would say that nothing uses it
        constants["octave"] = np.array(2, np.float32)
    graph = helper.make_graph(
        _nodes(speakers),
        "toy",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
            *([sid] if speakers > 1 else []),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def _constants(loudness: float) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(7)
    lengths = rng.integers(4, 9, SYMBOLS).astype(np.float32)
    pitches = rng.uniform(150, 900, SYMBOLS).astype(np.float32)
    return {
        "lengths": lengths,
        "pitches": pitches,
        "flat": np.array([-1], np.int64),
        "one": np.array(1, np.int64),
        "zero": np.array(0, np.int64),
        "column": np.array([-1, 1], np.int64),
        "row": np.array([1, -1], np.int64),
        "sound": np.array([1, 1, 1, -1], np.int64),
        "three": np.array([1, 1, -1], np.int64),
        "hop": np.array([1, HOP], np.int64),
        "turn": np.array(2 * np.pi / SAMPLE_RATE_HZ, np.float32),
        "loud": np.array(loudness, np.float32),
        "axis": np.array([1], np.int64),
        "last": np.array(0, np.int64),
    }


def _nodes(speakers: int) -> list[onnx.NodeProto]:
    node = helper.make_node
    higher = [
        node("Cast", ["sid"], ["octaves"], to=TensorProto.FLOAT),
        node("Pow", ["octave", "octaves"], ["times"]),
        node("Mul", ["pitches", "times"], ["spoken_pitches"]),
    ]
    as_it_is = [node("Identity", ["pitches"], ["spoken_pitches"])]
    return [
        *(higher if speakers > 1 else as_it_is),
        node("Reshape", ["input", "flat"], ["ids"]),
        node("Gather", ["lengths", "ids"], ["w"]),
        node("Gather", ["scales", "one"], ["scale"]),
        node("Mul", ["w", "scale"], ["w_scaled"]),
        node("Reshape", ["w_scaled", "three"], ["w_three"]),
        node("Ceil", ["w_three"], ["w_ceil"]),
        node("Reshape", ["w_ceil", "flat"], ["w_flat"]),
        node("Cast", ["w_flat"], ["w_int"], to=TensorProto.INT64),
        node("CumSum", ["w_int", "last"], ["ends"]),
        node("ReduceSum", ["w_int"], ["frames"], keepdims=0),
        node("Range", ["zero", "frames", "one"], ["frame"]),
        node("Reshape", ["frame", "column"], ["frame_column"]),
        node("Reshape", ["ends", "row"], ["ends_row"]),
        node("GreaterOrEqual", ["frame_column", "ends_row"], ["passed"]),
        node("Cast", ["passed"], ["passed_int"], to=TensorProto.INT64),
        node("ReduceSum", ["passed_int", "axis"], ["which"], keepdims=0),
        node("Gather", ["ids", "which"], ["frame_ids"]),
        node("Gather", ["spoken_pitches", "frame_ids"], ["frame_pitch"]),
        node("Reshape", ["frame_pitch", "column"], ["pitch_column"]),
        node("Expand", ["pitch_column", "hop"], ["pitch_wide"]),
        node("Reshape", ["pitch_wide", "flat"], ["pitch"]),
        node("CumSum", ["pitch", "last"], ["cycles"]),
        node("Mul", ["cycles", "turn"], ["angle"]),
        node("Sin", ["angle"], ["sine"]),
        node("Mul", ["sine", "loud"], ["quiet"]),
        node("Reshape", ["quiet", "sound"], ["output"]),
    ]
