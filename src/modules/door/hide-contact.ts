import { maskName, maskNumber, maskPhone } from '#modules/customer/domain/index.ts';

const MASKS: Readonly<Record<string, (text: string) => string>> = {
  contactName: (text) => maskName(text, 'person'),
  contactPhone: (text) => text.replace(/\d[\d -]{5,17}\d/g, (phone) => maskPhone(phone.replace(/[ -]/g, ''))),
  accountNo: maskNumber,
};

/** A field of an order as it is shown once it is a case: from then on the case's open steps say who sees the customer. */
export function hideContact(field: string, text: string): string {
  return text === '' ? '' : (MASKS[field]?.(text) ?? text);
}
