"""How espeak-ng says a word, in ARPAbet: for words of no dictionary, and for what Britain says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.hearing.recognition.phones import phone_distance
from assistant.phonemes import AMERICAN, BRITISH, phonemes

APART = 0.3
"""Phone distance from which British English says a word otherwise, and not only with a weaker vowel or
without an R: "can't", "half", "fast", "what", "here". Chosen; nearer than that, the same phones hear both."""

_PHONES: Mapping[str, str] = {
    **{"p": "P", "b": "B", "t": "T", "d": "D", "k": "K", "ɡ": "G", "tʃ": "CH", "dʒ": "JH"},
    **{"f": "F", "v": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH", "h": "HH"},
    **{"m": "M", "n": "N", "ŋ": "NG", "l": "L", "ɹ": "R", "r": "R", "j": "Y", "w": "W"},
    # A flap, a stop in the throat, and sounds of names from elsewhere.
    **{"ɾ": "T", "ʔ": "T", "x": "K", "ɬ": "L", "nʲ": "N Y", "ɡʲ": "G", "n̩": "AH N", "əl": "AH L"},
    **{"iː": "IY", "i": "IY", "iːː": "IY", "ɪ": "IH", "ᵻ": "IH", "ɛ": "EH", "æ": "AE", "ææ": "AE", "a": "AE"},
    **{"ɑː": "AA", "ɒ": "AA", "ɔː": "AO", "ɔ": "AO", "oː": "AO", "ʊ": "UH", "uː": "UW"},
    **{"ʌ": "AH", "ə": "AH", "ɐ": "AH", "ɐɐ": "AH", "ɜː": "ER", "ɚ": "ER"},
    **{"eɪ": "EY", "aɪ": "AY", "aʊ": "AW", "ɔɪ": "OY", "oʊ": "OW", "əʊ": "OW", "o": "OW"},
    **{"ɑːɹ": "AA R", "ɔːɹ": "AO R", "oːɹ": "AO R", "ɛɹ": "EH R", "ʊɹ": "UH R", "ɪɹ": "IH R"},
    **{"aɪɚ": "AY ER", "aɪə": "AY AH", "iə": "IY AH", "eə": "EH", "ʊə": "UH AH"},
    **{"ɑ̃": "AA N", "ɔ̃": "AO N"},
}
"""Phoneme of espeak-ng's American and British English to the phones nearest to it, as CMUdict has them."""


def said_by_espeak(words: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return how words are said: as in America, and as in Britain where that is `APART`.

    A word that espeak-ng says nothing for, or with sounds of another language, is left out.

    Raises:
        AssistantError: espeak-ng is missing or stuck.
    """
    wanted = list(words)
    american, british = _said(wanted, AMERICAN), _said(wanted, BRITISH)
    return {
        word: (way, *(other for other in (british.get(word, way),) if phone_distance(way, other) > APART))
        for word, way in american.items()
    }


def _said(words: list[str], voice: str) -> dict[str, tuple[str, ...]]:
    found = {word: _as_phones(row) for word, row in phonemes(words, voice).items()} if words else {}
    return {word: way for word, way in found.items() if way}


def _as_phones(row: Iterable[str]) -> tuple[str, ...]:
    """Return the phones of a row of phonemes; none where a phoneme is of another language."""
    way: list[str] = []
    for phoneme in row:
        if phoneme not in _PHONES:
            return ()
        for phone in _PHONES[phoneme].split():
            # espeak-ng writes the R of "hurry" twice, in the vowel and after it.
            if not (phone == "R" and way and way[-1] in ("R", "ER")):
                way.append(phone)
    return tuple(way)
