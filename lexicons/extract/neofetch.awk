# The shell script neofetch: the case patterns of its function get_distro_ascii,
#   "Container Linux by CoreOS"* | "Container_Linux"*)
# -> name, nothing
/^get_distro_ascii\(\)/ { inside = 1 }
inside && /^        "[^"]*"/ && /\)[ ]*$/ {
    line = $0
    while (match(line, /"[^"]*"/)) {
        print substr(line, RSTART + 1, RLENGTH - 2) "\t"
        line = substr(line, RSTART + RLENGTH)
    }
}
