// The player's sound: follows the timer, goes on in the dark, and can be held and moved from the lock screen.

import { soundOf } from "./track.js";

const APART_MS = 400;

/**
 * @param {{name: string, taps: Record<string, () => void>, held: () => void}} to `taps` are the lock screen's buttons;
 *   `held` hears that the phone itself has stopped the sound, as for a call
 */
export function sound({ name, taps, held }) {
  /** @type {HTMLAudioElement|null} */
  let audio = null;
  let wanted = false;
  let refused = false;

  /** @param {import("./player.js").Cue[]} cues */
  function make(cues) {
    const made = new Audio(URL.createObjectURL(soundOf(cues)));
    made.addEventListener("pause", () => wanted && !made.ended && held());
    lockScreen(name, taps);
    return made;
  }

  /**
   * @param {HTMLAudioElement} audio
   * @param {number} position_ms
   */
  function place(audio, position_ms) {
    if (Math.abs(1000 * audio.currentTime - position_ms) > APART_MS) audio.currentTime = position_ms / 1000;
  }

  /** @param {HTMLAudioElement} audio */
  function play(audio) {
    if (!audio.paused || refused) return;
    audio.play().catch(() => { refused = true; });
  }

  return {
    /**
     * Sound, or be still, where the player is; the notes of the end are left to die away.
     * @param {import("./player.js").Cue[]} cues
     * @param {import("./player.js").Player} player
     * @param {boolean} asked
     */
    follow(cues, player, asked) {
      wanted = asked && player.phase === "playing";
      if (player.phase === "done") return;
      if ("mediaSession" in navigator) navigator.mediaSession.playbackState = mediaState(audio, wanted);
      if (!wanted) return audio?.pause();
      audio ??= make(cues);
      place(audio, player.position_ms);
      play(audio);
    },
    /** A tap asks for it: a phone that refused a sound of our own accord may allow it now. */
    asked() {
      refused = false;
    },
    plays: () => audio !== null && !audio.paused,
    /** How far it was really heard, in milliseconds of the timeline; null where nothing plays. */
    reached: () => (audio && wanted ? Math.round(1000 * audio.currentTime) : null),
  };
}

/**
 * @param {HTMLAudioElement|null} audio
 * @param {boolean} plays
 */
const mediaState = (audio, plays) => (plays ? "playing" : audio ? "paused" : "none");

/**
 * @param {string} name
 * @param {Record<string, () => void>} taps
 */
function lockScreen(name, taps) {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.metadata = new MediaMetadata({ title: name, artist: "quietlegs" });
  for (const [action, tap] of Object.entries(taps)) {
    try {
      navigator.mediaSession.setActionHandler(/** @type {MediaSessionAction} */ (action), tap);
    } catch {
      // This browser's lock screen has no such button.
    }
  }
}
