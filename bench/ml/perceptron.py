"""A linear-chain tagger to measure gaz against: the averaged structured
perceptron (Collins 2002) over the usual features of names.

    perceptron.py TRAIN TEST > PREDICTED

TRAIN and TEST have token TAB tag lines; sentences end at an empty line or
are wrapped in <s> and </s>. PREDICTED has TEST's tokens with predicted tags.
Needs python3-numpy. The seed is fixed: the same data give the same tags on
the same machine.
"""

import random
import re
import sys
import time

import numpy as np

EPOCHS = 20  # 10 give 4 points of F1 less on WikiSER, as do rare features left out


def read(path):
    """Sentences as lists of (token, tag)."""
    sentence = []
    with open(path, encoding="utf-8-sig", newline="\n") as lines:
        for line in lines:
            line = line.rstrip("\r\n")
            if not line.strip() or line in ("<s>", "</s>"):
                if sentence:
                    yield sentence
                sentence = []
            else:
                columns = line.split("\t")
                sentence.append((columns[0], columns[1]))
    if sentence:
        yield sentence


def shape(word):
    """'Node.js-12' is 'Xxxx.xx-dd'; runs are cut to four."""
    s = re.sub(r"[^\W\d_]", lambda m: "X" if m[0].isupper() else "x", word)
    s = re.sub(r"\d", "d", s)
    return re.sub(r"(.)\1{3,}", r"\1\1\1\1", s)


def features(words):
    """The features of each token, as strings."""
    lower = ["<<", "<"] + [w.lower() for w in words] + [">", ">>"]
    shapes = ["", ""] + [shape(w) for w in words] + ["", ""]
    result = []
    for i, word in enumerate(words, 2):
        w = lower[i]
        short = re.sub(r"(.)\1+", r"\1", shapes[i])
        f = ["bias", "W=" + word, "w=" + w, "S=" + shapes[i], "s=" + short]
        f += ["p%d=%s" % (n, w[:n]) for n in (1, 2, 3, 4)]
        f += ["e%d=%s" % (n, w[-n:]) for n in (1, 2, 3, 4)]
        f += ["w%+d=%s" % (k, lower[i + k]) for k in (-2, -1, 1, 2)]
        f += ["S%+d=%s" % (k, shapes[i + k]) for k in (-1, 1)]
        f += ["w-1w=%s %s" % (lower[i - 1], w), "ww+1=%s %s" % (w, lower[i + 1])]
        f += ["w-2w-1=%s %s" % (lower[i - 2], lower[i - 1])]
        f += ["w+1w+2=%s %s" % (lower[i + 1], lower[i + 2])]
        f += ["S-1SS+1=%s %s %s" % (shapes[i - 1], shapes[i], shapes[i + 1])]
        if i == 2:
            f.append("first S=" + shapes[i])
        result.append(f)
    return result


class Tagger:
    """Weights of (feature, label) and (label, label), with their averages."""

    def __init__(self, labels, size):
        self.labels = labels
        n = len(labels)
        self.w = np.zeros((size, n))
        self.w_sum = np.zeros((size, n))
        self.t = np.zeros((n + 1, n))  # the last row: start of sentence
        self.t_sum = np.zeros((n + 1, n))
        self.allowed = np.zeros((n + 1, n))
        for i, before in enumerate(labels + ["O"]):
            for k, now in enumerate(labels):
                if now[0] == "I" and before[2:] != now[2:]:
                    self.allowed[i, k] = -1e9  # IOB2: no orphan I

    def decode(self, rows):
        """The best labels for a sentence of feature ids (Viterbi)."""
        scores = np.array([self.w[r].sum(axis=0) for r in rows])
        moves = self.t + self.allowed
        best = scores[0] + moves[-1]
        back = np.zeros(scores.shape, dtype=int)
        for i in range(1, len(rows)):
            total = best[:, None] + moves[:-1]
            back[i] = total.argmax(axis=0)
            best = total.max(axis=0) + scores[i]
        path = [int(best.argmax())]
        for i in range(len(rows) - 1, 0, -1):
            path.append(int(back[i, path[-1]]))
        return path[::-1]

    def update(self, rows, gold, guess, step):
        """Towards gold, away from guess. Averages by Daume's trick."""
        before_gold = before_guess = len(self.labels)
        for row, g, p in zip(rows, gold, guess):
            if g != p:
                self.w[row, g] += 1
                self.w[row, p] -= 1
                self.w_sum[row, g] += step
                self.w_sum[row, p] -= step
            if (before_gold, g) != (before_guess, p):
                self.t[before_gold, g] += 1
                self.t[before_guess, p] -= 1
                self.t_sum[before_gold, g] += step
                self.t_sum[before_guess, p] -= step
            before_gold, before_guess = g, p

    def average(self, steps):
        """Replace the weights by their mean over all steps."""
        self.w -= self.w_sum / steps
        self.t -= self.t_sum / steps


def train(sentences):
    """A tagger and its feature ids."""
    ids = {}
    extracted = [features([w for w, _ in s]) for s in sentences]
    for sentence in extracted:
        for token in sentence:
            for f in token:
                ids.setdefault(f, len(ids))
    labels = sorted({t for s in sentences for _, t in s})
    index = {t: i for i, t in enumerate(labels)}
    data = [
        ([[ids[f] for f in token] for token in rows],
         [index[t] for _, t in sentence])
        for rows, sentence in zip(extracted, sentences)
    ]
    tagger = Tagger(labels, len(ids))
    order = random.Random(1)
    step = 1
    for epoch in range(EPOCHS):
        order.shuffle(data)
        wrong = 0
        start = time.time()
        for rows, gold in data:
            guess = tagger.decode(rows)
            if guess != gold:
                wrong += 1
                tagger.update(rows, gold, guess, step)
            step += 1
        print("epoch %d: %d of %d sentences wrong, %.0f s"
              % (epoch + 1, wrong, len(data), time.time() - start),
              file=sys.stderr, flush=True)
    tagger.average(step)
    return tagger, ids


def main(train_path, test_path):
    """Train, tag, print."""
    tagger, ids = train(list(read(train_path)))
    start = time.time()
    tokens = 0
    for sentence in read(test_path):
        words = [w for w, _ in sentence]
        rows = [[ids[f] for f in token if f in ids] for token in features(words)]
        for word, label in zip(words, tagger.decode(rows)):
            print("%s\t%s" % (word, tagger.labels[label]))
        print()
        tokens += len(words)
    print("tagged %.0f tokens/s" % (tokens / (time.time() - start)), file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
