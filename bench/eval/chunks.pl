#!/usr/bin/perl
# A plain Perl scorer of chunks, to measure `gaz eval` against: it walks the
# lines as conlleval.pl does and counts the same things, but it is our own and
# NOT the original, whose speed on another machine it only suggests.
# Reads token, gold, prediction (TAB) from standard input.
use strict;
use warnings;

my %ends   = map { $_ => 1 } qw(BB BO IB IO EE EI EO);
my %starts = map { $_ => 1 } qw(BB IB OB OI EE EI OE);
my ( $tokens, $equal ) = ( 0, 0 );
my ( %gold, %found, %correct );
my ( $p0, $t0, $p1, $t1 ) = ( 'O', '', 'O', '' );
my $right = 0;

sub ends {
    my ( $before, $now, $type, $next ) = @_;
    return $ends{ $before . $now } || ( $before ne 'O' && $type ne $next );
}

sub starts {
    my ( $before, $now, $type, $next ) = @_;
    return $starts{ $before . $now } || ( $now ne 'O' && $type ne $next );
}

sub take {
    my ( $a, $at, $b, $bt ) = @_;
    my $end0 = ends( $p0, $a, $t0, $at );
    my $end1 = ends( $p1, $b, $t1, $bt );
    if ($right) {
        if ( $end0 && $end1 ) {
            $right = 0;
            $correct{$t0}++;
        }
        elsif ( !$end0 != !$end1 || $at ne $bt ) {
            $right = 0;
        }
    }
    my $start0 = starts( $p0, $a, $t0, $at );
    my $start1 = starts( $p1, $b, $t1, $bt );
    $right = 1 if $start0 && $start1 && $at eq $bt;
    $gold{$at}++  if $start0;
    $found{$bt}++ if $start1;
    ( $p0, $t0, $p1, $t1 ) = ( $a, $at, $b, $bt );
}

while ( my $line = <STDIN> ) {
    chomp $line;
    my @f = split /\t/, $line;
    if ( !@f ) {
        take( 'O', '', 'O', '' );
        next;
    }
    my ( $a, $at ) = $f[-2] =~ /^([^-]*)-(.*)$/ ? ( $1, $2 ) : ( $f[-2], '' );
    my ( $b, $bt ) = $f[-1] =~ /^([^-]*)-(.*)$/ ? ( $1, $2 ) : ( $f[-1], '' );
    take( $a, $at, $b, $bt );
    $tokens++;
    $equal++ if $a eq $b && $at eq $bt;
}
take( 'O', '', 'O', '' );

sub sum { my $n = 0; $n += $_ for @_; return $n }

sub scores {
    my ( $c, $f, $g ) = @_;
    my $p = $f ? 100 * $c / $f : 0;
    my $r = $g ? 100 * $c / $g : 0;
    my $h = $p + $r ? 2 * $p * $r / ( $p + $r ) : 0;
    return sprintf 'precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f', $p, $r, $h;
}
my ( $c, $f, $g ) = ( sum( values %correct ), sum( values %found ), sum( values %gold ) );
print "processed $tokens tokens with $g phrases; found: $f phrases; correct: $c.\n";
printf "accuracy: %6.2f%%; %s\n", 100 * $equal / $tokens, scores( $c, $f, $g )
  if $tokens;
my %types = ( %gold, %found );
for my $t ( sort keys %types ) {
    printf "%17s: %s  %d\n", $t,
      scores( $correct{$t} // 0, $found{$t} // 0, $gold{$t} // 0 ), $found{$t} // 0;
}
