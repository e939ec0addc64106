# llvm/BinaryFormat/ELF.h:   EM_SPARC = 2,          // SPARC
# -> the comment, elf:number
/^  EM_[A-Z0-9_]+ = [0-9]+, +\/\/ / {
    number = $3
    sub(/,/, "", number)
    comment = $0
    sub(/^[^\/]*\/\/ /, "", comment)
    print comment "\telf:" number
}
