// Package arch holds no code, only tests: they read the sources of the whole
// module and refuse what the house style forbids. Imports point down the
// floors, files and functions stay short, what is exported is documented, and
// clock, chance, goroutines and Persian text stay where they belong.
//
// Each rule is a function from one source to what is wrong in it, and each is
// shown a wrong source in memory, so that a rule that sees nothing is noticed.
package arch
