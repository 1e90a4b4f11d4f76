// Faces and number plates: painted over in the picture itself, before it leaves the device.
const dialog = document.querySelector("[data-brush]"), canvas = dialog.querySelector("canvas");

export async function cover(picture) {
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const brush = canvas.getContext("2d"), clear = () => brush.drawImage(picture, 0, 0);
  clear();
  const paint = ({ offsetX, offsetY, buttons }) => {
    const scale = canvas.width / canvas.clientWidth;
    brush.lineTo(offsetX * scale, offsetY * scale);
    if (buttons) brush.stroke();
  };
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    Object.assign(brush, { lineCap: "round", lineJoin: "round", strokeStyle: "#3a3a3a" });
    brush.lineWidth = (canvas.width * dialog.querySelector("[type=range]").value) / 100;
    brush.beginPath();
    paint(event);
    paint(event);
    canvas.onpointermove = paint;
  };
  canvas.onpointerup = () => { canvas.onpointermove = null; };
  dialog.querySelector("[data-again]").onclick = clear;
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => { dialog.onclose = resolve; });
  return dialog.returnValue && canvas;
}
