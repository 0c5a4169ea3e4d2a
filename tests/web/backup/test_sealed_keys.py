"""Keys travel apart from the backup and open only with their phrase."""

from __future__ import annotations

import json

import pytest
from cryptography.fernet import Fernet

from zhihuan.web.backup.errors import BackupError
from zhihuan.web.backup.sealed_keys import Keys, identified, read_keys, write_keys

PHRASE = "correct horse battery"
KEYS = Keys("the secret", [Fernet.generate_key().decode(), Fernet.generate_key().decode()])


def test_what_was_sealed_opens_with_its_phrase_only(tmp_path):
    path = tmp_path / "keys.json"
    write_keys(path, KEYS, PHRASE)
    assert read_keys(path, PHRASE) == KEYS
    assert path.stat().st_mode & 0o077 == 0
    assert not any(secret in path.read_text() for secret in (KEYS.secret, *KEYS.sealing))
    with pytest.raises(BackupError, match="another pass phrase"):
        read_keys(path, PHRASE + ".")


@pytest.mark.parametrize("harm", ["sealed", "salt"])
def test_a_damaged_file_is_refused(tmp_path, harm):
    path = tmp_path / "keys.json"
    write_keys(path, KEYS, PHRASE)
    facts = json.loads(path.read_text())
    facts[harm] = facts[harm][:8] + ("0" if facts[harm][8] != "0" else "1") + facts[harm][9:]
    path.write_text(json.dumps(facts))
    with pytest.raises(BackupError):
        read_keys(path, PHRASE)
    path.write_text("{")
    with pytest.raises(BackupError, match="no file of sealed keys"):
        read_keys(path, PHRASE)


def test_a_short_phrase_is_refused(tmp_path):
    with pytest.raises(BackupError, match="12 characters"):
        write_keys(tmp_path / "keys.json", KEYS, "short")
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_known_by_a_name_that_does_not_give_it_away():
    names = identified(KEYS.sealing)
    assert len(set(names)) == 2
    assert not any(name in key for name in names for key in KEYS.sealing)


def test_device_passwords_open_again_on_another_machine(city, elsewhere, tmp_path):
    phrase = {"ZHIHUAN_BACKUP_PASSPHRASE": PHRASE}
    city.more, elsewhere.more = phrase, phrase
    keys = str(tmp_path / "keys.json")
    city.run("backup", str(tmp_path / "b"), "--keys", keys)
    said = elsewhere.run("restore", str(tmp_path / "b"), "--keys", keys)
    assert "cannot be opened" not in said
    program = (
        "from zhihuan.web.start import set_up; set_up()\n"
        "from zhihuan.bureau.registry.models import Device\n"
        "print(sorted((each.mn, each.password) for each in Device.objects.all()))"
    )
    assert elsewhere.python(program) == city.python(program)
    city.more = {}


def test_without_the_keys_the_restore_says_so(backup, elsewhere):
    assert "the sealing key of this home is not the backup's" in elsewhere.run(
        "restore", str(backup)
    )
