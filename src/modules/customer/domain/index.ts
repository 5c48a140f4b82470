export {
  EVIDENCE_KINDS,
  type EvidenceKind,
  FLAG_KINDS,
  type FlagKind,
  decideFlag,
} from './flag.ts';
export {
  AREA_CLASSES,
  type AreaClass,
  IMPORTANT_GRADES,
  type ImportantGrade,
  isFictionalPhone,
  KEY_ACCOUNT_POLICY,
  keyAccountReasons,
  TARIFFS,
  type Tariff,
  tariffOf,
  USE_CLASSES,
  type UseClass,
  VOLTAGES,
  type Voltage,
} from './household.ts';
export { maskAddress, maskName, maskNumber, maskPhone } from './mask.ts';
export { findFragment } from './match-fragment.ts';
export { normaliseText } from './normalise-text.ts';
