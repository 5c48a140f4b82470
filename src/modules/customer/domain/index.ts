export {
  type EvidenceKind,
  type FlagKind,
} from './flag.ts';
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
