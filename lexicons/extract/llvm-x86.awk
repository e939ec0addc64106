# llvm/Support/X86TargetParser.def:  X86_CPU_SUBTYPE(INTEL_COREI7_HASWELL, "haswell")
# -> name, llvm:name
match($0, /^X86_CPU_(TYPE|SUBTYPE)\([A-Z0-9_]+, *"[^"]+"/) {
    name = substr($0, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", name)
    sub(/"$/, "", name)
    print name "\tllvm:" name
}
