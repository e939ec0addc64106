# Small inputs of every kind, in this folder.
cat >names.tsv <<'END'
C++	Language	Q2407	case=exact
Linux	OS
AT&T Unix	OS		priority=-7
Go	Language		need=compiler|@OS
kernel	Thing		plural=yes,case=fold
browser	Thing		kind=generic
END
printf 'Solaris\tOS\nLinux\tDistro\t\tpriority=2\n' >more.tsv
printf 'Device\tPDP-\\d+(?:/\\d+)?\tid=pdp\nX\tthe (?<m>{OS} board)\n' \
    >models.rules
printf 'kernel\n' >drop.txt
printf '%s\n' '{"label":"OS","pattern":"Linux","id":"l"}' \
    '{"label":"OS","pattern":[{"LOWER":"new"},{"LOWER":"york"}]}' \
    '{"label":"OS","pattern":[{"TEXT":{"REGEX":"a+"}}]}' >p.jsonl
printf 'Linux&id=Q1\nAT&T Unix\n' | sed 's/AT&T/ATT/' >lists/os.lst
printf 'os.lst:OS\n' >lists/lists.def
cp names.tsv lists/a.tsv
cp models.rules lists/b.rules
awk 'BEGIN {
    split("Ab Cor Den Fa", a, " ")
    split("nix tos ra", b, " ")
    for (i = 0; i < 48; i++) {
        x = a[i % 4 + 1]
        y = b[int(i / 4) % 3 + 1]
        if (i % 4 < 2)
            print "We\tO\nrun\tO\nthe\tO\n" x y "\tB-OS\noperating\tI-OS\nsystem\tI-OS\n.\tO\n"
        else if (i % 4 == 2)
            print "The\tO\nlanguage\tO\n" y x "\tB-Language\nis\tO\nold\tO\n.\tO\n"
        else
            print "A\tO\nserver\tO\nof\tO\n" x "\tO\nis\tO\nslow\tO\n.\tO\n"
    }
}' >train.conll
cat >test.conll <<'END'
We	O
run	O
Abnix	B-OS
and	O
Linux	B-OS

Go	B-Language
compiler	O
END
awk -F '\t' '{ print NF ? $0 "\t" (NR % 3 ? $2 : "O") : "" }' test.conll \
    >scored.conll
cat >text.txt <<'END'
The PDP-11/34 ran AT&T Unix; Linux 2.6 has kernels and a Go compiler in C++.

We run the Abnix operating system on Solaris, with a browser.
END
# More than the piece that is read at a time.
awk 'BEGIN {
    for (i = 0; i < 6000; i++)
        print "Line " i " of a long text on Linux kernels, C++ and PDP-11/34."
}' >long.txt
cat >page.md <<'END'
# A *Linux* page

Mac **OS** and `C++`, [a kernel](http://example.org/Linux).
END
echo '<p>Linux &amp; <b>C++</b>, a <i>kernel</i>.<script>Linux</script>' \
    >page.html
printf 'text.txt\0page.md\0' >names0
