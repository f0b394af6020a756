// A tapped video plays in its place; without this file the link opens it. YouTube hears of the reader only then.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a.video");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { youtube, title } = link.dataset;
  const player = document.createElement(youtube ? "iframe" : "video");
  player.className = "video";
  player.title = title;
  if (youtube) {
    const { lang } = document.documentElement;
    player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    player.allowFullscreen = true;
    player.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube plays nothing for an unknown page
    player.src = `https://www.youtube-nocookie.com/embed/${youtube}?autoplay=1&rel=0&cc_load_policy=1&hl=${lang}`;
  } else {
    player.controls = player.autoplay = player.playsInline = true;
    player.src = link.href;
  }
  link.replaceWith(player);
  player.focus();
});
