import { useEffect, useRef, useState } from 'react';

/** Two soft notes, E5 and C5, each dying away: heard in a hall, and nobody starts. */
const NOTES = [659.25, 523.25];
const NOTE_S = 0.7;
const GAP_S = 0.35;
const VOLUME = 0.25;

/**
 * Rings once when a key appears that was not there before; what is on the wall when the page opens is no news. Muted until
 * the browser lets the page sound: by `unmute` in a click, or at once where the screen's browser is set to allow it.
 */
export function useChime(keys: readonly string[]): {
  readonly muted: boolean;
  readonly unmute: () => void;
} {
  const [muted, setMuted] = useState(true);
  const context = useRef<AudioContext | null>(null);
  const known = useRef<ReadonlySet<string> | null>(null);
  const now = keys.join('\n');

  useEffect(() => {
    const made = new AudioContext();
    const follow = () => setMuted(made.state !== 'running');
    made.addEventListener('statechange', follow);
    context.current = made;
    follow();
    return () => {
      made.removeEventListener('statechange', follow);
      void made.close();
    };
  }, []);

  useEffect(() => {
    const present = now === '' ? [] : now.split('\n');
    const before = known.current;
    known.current = new Set(present);
    const called = before !== null && present.some((key) => !before.has(key));
    if (called && context.current?.state === 'running') ring(context.current);
  }, [now]);

  function unmute(): void {
    const made = context.current;
    // Heard at once, so that whoever clicks knows that it works.
    void made?.resume().then(() => ring(made));
  }
  return { muted, unmute };
}

function ring(context: AudioContext): void {
  for (const [i, pitch] of NOTES.entries()) {
    const at = context.currentTime + i * GAP_S;
    const note = context.createOscillator();
    const loudness = context.createGain();
    note.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(VOLUME, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE_S);
    note.connect(loudness).connect(context.destination);
    note.start(at);
    note.stop(at + NOTE_S);
  }
}
