"""Generations are built aside, published in one step, and every byte of them is accounted for."""
import json
import random

import pytest

from index import generations
from index.generations import DamagedIndex, NoIndex


def publish(root, content=b"arrays", name="a.bin"):
    with generations.building(root, "test", "f") as (folder, manifest):
        (folder / name).write_bytes(content)
        assert generations.publish(root, folder, manifest)
    return manifest.name


def test_nothing_there_is_said_with_the_command_that_helps(tmp_path):
    with pytest.raises(NoIndex, match="timhtx rebuild PAGES"):
        generations.live(tmp_path / "var")


def test_a_published_generation_is_live_and_the_one_before_is_kept(tmp_path):
    names = [publish(tmp_path, bytes([i])) for i in range(4)]
    folder, manifest = generations.live(tmp_path)
    assert folder.name == names[-1] and (folder / "a.bin").read_bytes() == b"\x03"
    assert set(generations.published(tmp_path)) == set(names[-2:])
    assert generations.damage(folder, manifest) == []


def test_a_failed_build_leaves_the_live_one_and_nothing_else(tmp_path):
    name = publish(tmp_path)
    with pytest.raises(RuntimeError):
        with generations.building(tmp_path, "test", "f"):
            raise RuntimeError("no space left")
    assert generations.live(tmp_path)[0].name == name
    assert not list(tmp_path.glob("*.building"))


def test_leftovers_of_a_killed_builder_are_swept_and_running_ones_are_not(tmp_path):
    left = tmp_path / "test-20200101T000000-abc.building"
    left.mkdir()
    (left / generations.LOCK).touch()
    with generations.building(tmp_path, "test", "f") as (folder, _):
        assert not left.exists()
        assert generations.sweep(tmp_path) == [] and folder.exists()


def test_a_rebuild_begun_earlier_never_replaces_one_begun_later(tmp_path):
    with generations.building(tmp_path, "test", "f") as (slow, early):
        (slow / "a").write_bytes(b"old")
        newer = publish(tmp_path, b"new")
        assert not generations.publish(tmp_path, slow, early)
    assert generations.live(tmp_path)[0].name == newer


def test_every_flipped_byte_is_found(tmp_path):
    publish(tmp_path, bytes(range(256)))
    folder, _ = generations.live(tmp_path)
    rng = random.Random(7)
    for path in (folder / "a.bin", folder / generations.MANIFEST, tmp_path / "CURRENT"):
        whole = path.read_bytes()
        for at in rng.sample(range(len(whole)), min(len(whole), 60)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1:])
            try:
                found = generations.damage(*generations.live(tmp_path))
            except (DamagedIndex, NoIndex) as error:
                found = [str(error)]
            assert found, f"byte {at} of {path.name}"
        path.write_bytes(whole)
    assert generations.damage(*generations.live(tmp_path)) == []


def test_missing_and_foreign_files_are_named(tmp_path):
    publish(tmp_path)
    folder, manifest = generations.live(tmp_path)
    (folder / "b.bin").write_bytes(b"")
    (folder / "a.bin").unlink()
    assert generations.damage(folder, manifest) == ["a.bin is missing", "b.bin does not belong there"]


def test_a_manifest_of_another_shape_is_damage(tmp_path):
    name = publish(tmp_path)
    (tmp_path / name / generations.MANIFEST).write_text(json.dumps({"name": name}))
    with pytest.raises(DamagedIndex, match="timhtx rebuild"):
        generations.manifest_of(tmp_path, name)
