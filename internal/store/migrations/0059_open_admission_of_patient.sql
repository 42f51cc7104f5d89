-- What is open of one file, to be paid or explained.
CREATE INDEX open_admission_of_patient ON open_admission (clinic, patient);
