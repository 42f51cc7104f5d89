-- What a shift holds is read at each receipt: sums come from the index alone.
DROP INDEX money_line_of_shift;
CREATE INDEX money_line_of_shift ON money_line (clinic, shift, method, amount) WHERE shift IS NOT NULL;
