export { EVIDENCE_KINDS, type EvidenceKind, FLAG_KINDS, type FlagKind, needsConsent } from './flag.ts';
export {
  type AreaClass,
  type ImportantGrade,
  isFictionalPhone,
  KEY_ACCOUNT_POLICY,
  keyAccountReasons,
  type Tariff,
  tariffOf,
  type UseClass,
  type Voltage,
} from './household.ts';
export { maskEmail, maskName, maskNumber, maskPhone } from './mask.ts';
