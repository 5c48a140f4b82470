import { createContext, useContext, useEffect, useState } from 'react';

/** Turns the whole desk dark; set by the app, used by pages that are worked on at night. */
export const NightContext = createContext<(night: boolean) => void>(() => undefined);

const NIGHT_KEY = 'dafuwu:night';

/** Dark by the choice of whoever sits here, kept for the next night; the desk is light again when the page is left. */
export function useNight() {
  const darken = useContext(NightContext);
  const [night, setNightState] = useState(() => localStorage.getItem(NIGHT_KEY) === 'yes');
  useEffect(() => {
    darken(night);
    return () => darken(false);
  }, [darken, night]);
  return {
    night,
    setNight(next: boolean): void {
      localStorage.setItem(NIGHT_KEY, next ? 'yes' : 'no');
      setNightState(next);
    },
  };
}
