import { measureScreens } from './screens.ts';

// The hour after a storm: every dark house that rang is an open case.
await measureScreens('reads-storm', { open: 50_000 });
