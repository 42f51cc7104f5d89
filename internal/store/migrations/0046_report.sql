-- Reports by day ask what was allocated in it.
CREATE INDEX allocation_of_day ON allocation (clinic, at);
