import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

/** Enough to read a meter by, small enough for a thin line. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

/** Photos are on the device as soon as they are taken. */
export function Photos(props: {
  device: Device;
  photos: readonly string[];
  label: string;
  onChange: (photos: readonly string[]) => void;
}) {
  const t = useT(messages);
  const { device, photos, onChange } = props;
  const chooser = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState(false);

  async function choose(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    const small = await shrunk(file);
    setFault(small === null);
    const id = small === null ? null : await device.keepPhoto(small);
    if (id !== null) onChange([...photos, id]);
  }

  return (
    <div>
      <input
        ref={chooser}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        hidden
        aria-label={t('step.photo')}
        onChange={(event) => void choose(event)}
      />
      <button type="button" className={styles['button']} onClick={() => chooser.current?.click()}>
        {props.label === '' ? t('step.photo') : t('step.photoOf', { item: props.label })}
      </button>
      {fault && <p role="alert">{t('photo.fault')}</p>}
      {photos.length > 0 && <p role="status">{t('step.photos', { count: photos.length })}</p>}
      <div className={styles['photos']}>
        {photos.map((id, i) => (
          <Thumb
            key={id}
            device={device}
            id={id}
            label={t('step.dropPhoto', { n: i + 1 })}
            onDrop={() => onChange(photos.filter((one) => one !== id))}
          />
        ))}
      </div>
    </div>
  );
}

function Thumb(props: { device: Device; id: string; label: string; onDrop: () => void }) {
  const { device, id } = props;
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    const show = async () => {
      const blob = await device.photo(id);
      made = blob === undefined ? null : URL.createObjectURL(blob);
      setUrl(made);
    };
    void show();
    return () => {
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [device, id]);
  return (
    <button type="button" aria-label={props.label} onClick={props.onDrop}>
      {url !== null && <img src={url} alt="" />}
    </button>
  );
}

/** Null: it is no picture that this phone can open. */
async function shrunk(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return await new Promise((kept) => canvas.toBlob(kept, 'image/jpeg', QUALITY));
}
