"""What is withheld stays withheld until it is released, under every spelling of its address."""
import pytest

from index.withheld import FILE, release, withheld, withhold


def test_an_address_is_withheld_with_reason_and_date_and_can_be_released(tmp_path):
    entry = withhold(tmp_path, "https://www.bao.example/bai-1.html?utm_source=x", "theo yêu cầu của tòa soạn")
    assert withheld(tmp_path) == {entry.id: entry} and entry.since.startswith("20")
    assert release(tmp_path, "http://bao.example/bai-1.html") == entry
    assert withheld(tmp_path) == {} and release(tmp_path, "http://bao.example/bai-1.html") is None


def test_a_damaged_list_is_an_error_and_never_an_empty_list(tmp_path):
    withhold(tmp_path, "https://bao.example/1", "x")
    (tmp_path / FILE).write_text('{"id": "a"')
    with pytest.raises(ValueError, match="mend or restore"):
        withheld(tmp_path)
