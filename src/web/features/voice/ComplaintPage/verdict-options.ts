export const VERDICTS = ['founded', 'partly', 'unfounded'] as const;
export const LIABILITIES = ['none', 'unit', 'person', 'outside'] as const;
