export { checkHandbook } from './check-handbook.ts';
export { type CliResult, runHandbookCli } from './cli-handbook.ts';
export { readHandbookFolder } from './handbook-folder.ts';
export { postManual } from './handbook-manual.ts';
export { handbookLibrary, type HandbookVersion } from './handbook-reads.ts';
export type { Handbook, Limit } from './handbook-schema.ts';
export { loadDemoHandbook, publishFolder, type Published } from './publish-handbook.ts';
