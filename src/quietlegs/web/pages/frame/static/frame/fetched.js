// A page of ours fetched to be shown in part: the browser reads it, and runs none of its scripts.

/**
 * @param {string} address
 * @returns {Promise<Document|null>} the page; nothing where it did not come, or came from another address
 */
export function fetched(address) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const wanted = new URL(address, location.href);
    wanted.hash = "";
    request.open("GET", wanted);
    request.responseType = "document";
    request.onload = () => {
      const came = request.status === 200 && request.responseURL === wanted.href;
      resolve(came ? request.responseXML : null);
    };
    request.onerror = () => resolve(null);
    request.send();
  });
}
