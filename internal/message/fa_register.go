package message

var persianRegister = map[string]string{}
