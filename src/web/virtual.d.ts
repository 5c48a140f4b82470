/** The tokens of the phone's theme as CSS variables; made by vite.config.ts. */
declare module 'virtual:phone-tokens.css';
