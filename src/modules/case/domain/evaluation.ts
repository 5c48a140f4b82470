/** On his link, by SMS, at the counter's rating key, or rung by us. */
type EvaluationSource = 'page' | 'sms' | 'counter' | 'call';

/** The customer's word on a case. */
export type Evaluation = {
  readonly solved: boolean;
  /** Only where it is solved. */
  readonly satisfied: boolean;
  readonly source: EvaluationSource;
  readonly at: number;
};
