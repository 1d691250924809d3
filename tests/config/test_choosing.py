"""What subcommands share: a file that is written is its owner's alone."""

from __future__ import annotations

from pathlib import Path

from opstap.config.commands.choosing import write_out


def test_a_file_that_is_written_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    fresh, there = tmp_path / "fresh.json", tmp_path / "there.json"
    there.write_text("langer dan wat er nu komt", encoding="utf-8")
    there.chmod(0o644)
    for path in (fresh, there):
        write_out(b"{}", str(path))
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.read_bytes() == b"{}"
