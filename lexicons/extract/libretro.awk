# *.info of libretro:  manufacturer = "Sega"  systemname = "Dreamcast"
# categories = "Emulator".  Systems of emulators with a maker, one name each.
# -> system, nothing
function value(s) { sub(/^[^"]*"/, "", s); sub(/".*/, "", s); return s }
function flush_core() {
    if (category == "Emulator" && maker != "" && maker !~ /Various|Multi/ && name !~ /\//)
        print name "\t"
    name = maker = category = ""
}
FNR == 1 { flush_core() }
/^manufacturer = / { maker = value($0) }
/^systemname = / { name = value($0) }
/^categories = / { category = value($0) }
END { flush_core() }
