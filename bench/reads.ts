import { measureScreens } from './screens.ts';

await measureScreens('reads');
