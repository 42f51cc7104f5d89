-- What is asked of a person, a series, an admission or a message about an
-- appointment comes in its order, and what is counted of a person is in the
-- index: otherwise the database may walk all appointments or all messages.

DROP INDEX appointment_of_patient;
CREATE INDEX appointment_of_patient ON appointment (clinic, patient, starts, id);
CREATE INDEX appointment_counted ON appointment (clinic, patient, recorded, status, starts, ends);
DROP INDEX appointment_of_series;
CREATE INDEX appointment_of_series ON appointment (clinic, series, starts, id) WHERE series IS NOT NULL;
DROP INDEX appointment_of_admission;
CREATE INDEX appointment_of_admission ON appointment (clinic, admission, starts, id) WHERE admission IS NOT NULL;
DROP INDEX message_of_object;
CREATE INDEX message_of_object ON message (clinic, object, id) WHERE object IS NOT NULL;
DROP INDEX deposit_of_appointment;
CREATE INDEX deposit_of_appointment ON deposit (clinic, appointment, id) WHERE appointment IS NOT NULL;
