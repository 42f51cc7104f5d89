-- What is open of one person is read from the index alone; else, without
-- statistics, SQLite walks all that is open.
DROP INDEX open_admission_of_person;
CREATE INDEX open_admission_of_person ON open_admission (clinic, person, day, amount);
