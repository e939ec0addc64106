# Checks annotated corpora: awk -f tests/check-conll.awk FILE...
# Each sentence stands between <s> and </s>, a document may begin with a line
# -DOCSTART- between them; each line is token TAB tag; tags
# are O, B-TYPE and I-TYPE, and an I- follows a B- or I- of the same type.
# Prints FILE:LINE: what is wrong and exits with 1, or counts what it found.
BEGIN { FS = "\t" }
function bad(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; errors++ }
function end_of_file() {
    if (inside) {
        printf "%s: the last sentence has no </s>\n", file
        errors++
    }
    if (file != "")
        printf "%s: %d sentences, %d tokens, %d mentions\n", file, sentences, tokens, mentions
    inside = sentences = tokens = mentions = 0
}
FNR == 1 { end_of_file(); file = FILENAME }
/\r$/ { bad("carriage return") }
$0 == "<s>" {
    if (inside)
        bad("<s> inside a sentence")
    inside = 1
    length_here = 0
    before = "O"
    sentences++
    next
}
$1 == "-DOCSTART-" && !inside {
    next
}
$0 == "</s>" {
    if (!inside)
        bad("</s> outside a sentence")
    else if (length_here == 0)
        bad("empty sentence")
    inside = 0
    next
}
{
    if (!inside)
        bad("a token outside a sentence")
    if (NF != 2)
        bad("two columns wanted, " NF " found")
    else if ($1 == "" || $1 ~ / /)
        bad("bad token \"" $1 "\"")
    if ($2 !~ /^(O|[BI]-(Operating_System|Device|Architecture|Application|Language|Library|Protocol|License|Data_Structure|Algorithm|General_Concept|Error_Name))$/)
        bad("bad tag \"" $2 "\"")
    else if ($2 ~ /^I-/ && substr(before, 3) != substr($2, 3))
        bad("\"" $2 "\" after \"" before "\"")
    if ($2 ~ /^B-/)
        mentions++
    before = $2
    length_here++
    tokens++
}
END {
    end_of_file()
    exit errors > 0
}
