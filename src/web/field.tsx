import { createRoot } from 'react-dom/client';
import 'virtual:phone-tokens.css';
import './global.css';
import { FieldApp } from './features/field/FieldApp/FieldApp.tsx';
import { openDevice } from './features/field/device.ts';

/** The crews' entrance: small, and once opened it opens without a network. */
const root = document.getElementById('root');
if (root === null) throw new Error('field.html has no #root');
const device = await openDevice();
device.start();
createRoot(root).render(<FieldApp device={device} />);

// Phones have a Chinese font of their own; a computer beside the desk may not.
if (navigator.onLine) void import('./chinese-font.ts').then((font) => font.offerChineseFont());

// Only where the browser trusts the address (TLS, or this machine) can it keep the page.
if ('serviceWorker' in navigator)
  void navigator.serviceWorker.register('/field-worker.js', { scope: '/field' });
