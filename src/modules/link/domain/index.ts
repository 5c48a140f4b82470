export { readSms, type SmsRead } from './read-sms.ts';
