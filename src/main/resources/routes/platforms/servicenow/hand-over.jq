# Reference of an incident -> the default assignment group as its owner.

{assignment_group: ($step.target.defaultAssignmentGroup // "")}
