"""Whether the cases of a block are complete, apart from each other, and each of use: decided exactly.

In: the integer form of a regime's program, and the lists of cases of its blocks (`lists.CaseList`).
Out: problems (D3040–D3046), each gap and each overlap with a household in which it shows.

A condition is expanded, through the rules that it reads, into comparisons of leaves with constants (`expand`):
a leaf is a fact, the number of members, an age, a rounded sum, or a value that is not looked into.
The constants cut the values of each leaf, or of each sum of leaves that is compared, into cells (`cells`);
the combinations of cells are the regions, and a set of regions is one integer (`regions`).
A region counts when its numbers can be there together: whole numbers and rationals, solved exactly (`theory`).

What is summed up over members is not looked into at first. If that leaves a question open, it is asked again of
households with one, two, three members, written out member by member (`world.Setting`):
a household found there is a real one. So an answer is proved either way, or it is said to be undecided.
"""
