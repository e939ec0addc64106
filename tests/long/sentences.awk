BEGIN {
    n = split("the a of runs on in to and with for is was it that this we they you one two", w, " ")
    x = 12345
    for (i = 0; i < lines; i++) {
        s = "It"
        m = 3 + next_(28)
        g = next_(m)
        c = next_(2) ? next_(m) : -1
        for (k = 0; k < m; k++) {
            s = s " " w[1 + next_(n)] next_(50)
            if (k == g) s = s " Go"
            if (k == c) s = s (next_(2) ? " compiler" : " Compilers")
        }
        print s " now."
    }
}
function next_(n) { x = (x * 1103515 + 12345) % 2147483647; return int(x / 7) % n }
