package clinic

import "slices"

// MessageKind says what a message to a patient is about.
type MessageKind string

// The messages there are. A campaign has a text of its own and no template.
const (
	MessageBooked       MessageKind = "appointment_booked"
	MessageMoved        MessageKind = "appointment_moved"
	MessageCancelled    MessageKind = "appointment_cancelled"
	MessageReminder     MessageKind = "appointment_reminder"      // a day before
	MessageReminderSoon MessageKind = "appointment_reminder_soon" // two hours before
	MessageReceipt      MessageKind = "receipt"
	MessageDeposit      MessageKind = "deposit_taken"
	MessageBirthday     MessageKind = "birthday"
	MessageSurvey       MessageKind = "survey" // after a visit
	MessagePoints       MessageKind = "club_points"
	MessageLevel        MessageKind = "club_level"
	MessageCode         MessageKind = "one_time_code"
	MessageCampaign     MessageKind = "campaign"
)

// TemplateKinds lists the kinds that have a template, in the order of the
// settings.
var TemplateKinds = []MessageKind{MessageBooked, MessageMoved, MessageCancelled, MessageReminder, MessageReminderSoon, MessageReceipt,
	MessageDeposit, MessageBirthday, MessageSurvey, MessagePoints, MessageLevel, MessageCode}

// MessageKinds lists all kinds.
var MessageKinds = append(slices.Clone(TemplateKinds), MessageCampaign)

// Class is what a patient has to agree to for a message of the kind; "" for a
// code, which is asked for by whoever gets it.
func (k MessageKind) Class() ConsentClass {
	switch k {
	case MessageCode:
		return ""
	case MessageCampaign:
		return AdvertisingMessages
	}
	return ServiceMessages
}

// Hurries reports whether a message of the kind is sent in quiet hours too.
func (k MessageKind) Hurries() bool { return k == MessageCode || k == MessageReminderSoon }

// Reminds reports whether a message of the kind says again what was said.
func (k MessageKind) Reminds() bool { return k == MessageReminder || k == MessageReminderSoon }

// AlwaysOn reports whether a clinic cannot switch the kind off: without codes
// nobody could book.
func (k MessageKind) AlwaysOn() bool { return k == MessageCode }

// onAtFirst reports whether a new clinic sends messages of the kind.
func (k MessageKind) onAtFirst() bool {
	return k.AlwaysOn() || slices.Contains([]MessageKind{MessageBooked, MessageMoved, MessageCancelled, MessageReminder, MessageReminderSoon}, k)
}

// MessageField is a place in a template that is filled for each message. What
// it is called in templates is MessageField.Name.
type MessageField string

// The fields there are.
const (
	FieldName     MessageField = "name"
	FieldClinic   MessageField = "clinic"
	FieldWeekday  MessageField = "weekday"
	FieldDay      MessageField = "day"
	FieldClock    MessageField = "clock"
	FieldProvider MessageField = "provider"
	FieldAmount   MessageField = "amount"
	FieldBalance  MessageField = "balance"
	FieldNumber   MessageField = "number"
	FieldPoints   MessageField = "points"
	FieldLevel    MessageField = "level"
	FieldCode     MessageField = "code"
)

// messageFields lists all fields.
var messageFields = []MessageField{FieldName, FieldClinic, FieldWeekday, FieldDay, FieldClock, FieldProvider, FieldAmount, FieldBalance,
	FieldNumber, FieldPoints, FieldLevel, FieldCode}

// Fields lists what a template of the kind may name.
func (k MessageKind) Fields() []MessageField {
	switch k {
	case MessageCode:
		return []MessageField{FieldCode, FieldClinic}
	case MessageReceipt:
		return []MessageField{FieldName, FieldClinic, FieldDay, FieldAmount, FieldBalance, FieldNumber}
	case MessageDeposit:
		return []MessageField{FieldName, FieldClinic, FieldDay, FieldAmount, FieldNumber}
	case MessageBirthday, MessageCampaign:
		return []MessageField{FieldName, FieldClinic}
	case MessagePoints:
		return []MessageField{FieldName, FieldClinic, FieldPoints, FieldBalance}
	case MessageLevel:
		return []MessageField{FieldName, FieldClinic, FieldLevel, FieldPoints}
	case MessageSurvey:
		return []MessageField{FieldName, FieldClinic, FieldDay, FieldProvider}
	}
	return []MessageField{FieldName, FieldClinic, FieldWeekday, FieldDay, FieldClock, FieldProvider}
}
