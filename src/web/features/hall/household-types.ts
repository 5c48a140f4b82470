/** What `/api/households` answers, as far as these pages show it. */
export type HouseholdHit = {
  readonly householdId: string;
  readonly name: string;
  readonly place: string;
  readonly houseNo: string;
  readonly phone: string | null;
  readonly accountNo: string;
};

export type HouseholdStrip = {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly address: string;
  readonly accountNo: string;
  readonly areaClass: 'city' | 'rural' | 'remote';
  readonly importantGrade: 'special' | 'first' | 'second' | 'temporary' | null;
  readonly keyAccount: boolean;
  readonly station: { readonly name: string; readonly nameEn: string };
  readonly accountManager: { readonly name: string } | null;
  readonly transformer: { readonly name: string };
  readonly feeder: { readonly name: string };
  readonly reach: {
    readonly by: 'sms' | 'mail';
    readonly email: string | null;
    readonly language: 'zh' | 'en';
    readonly outageNews: boolean;
  };
  readonly flags: readonly {
    readonly id: string;
    readonly kind: string;
    readonly evidence: string;
    readonly expiresAt: number;
  }[];
};
