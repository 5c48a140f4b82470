import type { Instant } from '#kernel/instant.ts';
import type {
  AreaClass,
  EvidenceKind,
  FlagKind,
  ImportantGrade,
  Tariff,
  UseClass,
  Voltage,
} from '#modules/customer/domain/index.ts';

export type DemoCustomer = {
  readonly id: string;
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly phone: string | null;
};

export type DemoFlag = {
  readonly id: string;
  readonly kind: FlagKind;
  readonly evidence: EvidenceKind;
  readonly evidenceNote: string;
  readonly consent: boolean;
  readonly setAt: Instant;
  readonly expiresAt: Instant;
};

export type DemoHousehold = {
  readonly id: string;
  readonly accountNo: string;
  readonly customer: DemoCustomer;
  /** False when the customer came with an earlier household: one person, two homes. */
  readonly newCustomer: boolean;
  readonly premises: {
    readonly id: string;
    readonly divisionCode: string;
    readonly place: string;
    readonly houseNo: string;
    readonly areaClass: AreaClass;
    readonly lon: number;
    readonly lat: number;
  };
  readonly meter: { readonly id: string; readonly no: string; readonly phases: 1 | 3 };
  readonly stationId: string;
  readonly use: UseClass;
  readonly tariff: Tariff;
  readonly voltage: Voltage;
  readonly capacityKva: number;
  readonly yearlyKwh: number | null;
  readonly importantGrade: ImportantGrade | null;
  readonly keyAccount: boolean;
  readonly transformer: { readonly code: string; readonly name: string };
  readonly feeder: { readonly code: string; readonly name: string };
  /** YYYY-MM-DD */
  readonly openedOn: string;
  readonly flags: readonly DemoFlag[];
};
