export { checkHandbook } from './check-handbook.ts';
export { runHandbookCli } from './cli-handbook.ts';
export { readHandbookFolder } from './handbook-folder.ts';
export { handbookLibrary, type HandbookVersion } from './handbook-reads.ts';
export type { Handbook, Limit } from './handbook-schema.ts';
export { loadDemoHandbook } from './publish-handbook.ts';
