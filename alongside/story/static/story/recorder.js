// An extra: where the browser can record, a button beside the plain file box. Nothing is sent until the form is.
const box = document.querySelector('[data-recorder]')
const types = ['audio/mp4', 'audio/webm;codecs=opus', 'audio/webm', 'audio/ogg;codecs=opus']
const LONGEST = 10 * 60 * 1000

function put(file) {
  const carried = new DataTransfer()
  carried.items.add(file)
  box.files = carried.files
}

function words(name) {
  return document.getElementById('recorder-words')?.dataset[name] ?? ''
}

function build() {
  const row = document.createElement('div')
  row.className = 'recorder'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button--quiet'
  button.textContent = words('start')
  button.setAttribute('aria-pressed', 'false')
  const said = document.createElement('span')
  said.setAttribute('role', 'status')
  row.append(button, said)
  box.after(row)
  return { row, button, said }
}

function wake() {
  const { row, button, said } = build()
  let recorder
  let player

  function keep(pieces, type) {
    const kind = type.split(';')[0]
    const file = new File(pieces, `voice-note.${kind.split('/')[1]}`, { type: kind })
    put(file)
    player?.remove()
    player = document.createElement('audio')
    player.controls = true
    player.src = URL.createObjectURL(file)
    row.append(player)
    said.textContent = words('kept')
  }

  async function start() {
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    } catch {
      said.textContent = words('no')
      return
    }
    const type = types.find((one) => MediaRecorder.isTypeSupported(one)) ?? ''
    const pieces = []
    recorder = new MediaRecorder(stream, type ? { mimeType: type } : {})
    recorder.ondataavailable = (event) => pieces.push(event.data)
    recorder.onstop = () => {
      stream.getTracks().forEach((track) => track.stop())
      button.textContent = words('again')
      button.setAttribute('aria-pressed', 'false')
      keep(pieces, recorder.mimeType)
    }
    recorder.start()
    button.textContent = words('stop')
    button.setAttribute('aria-pressed', 'true')
    said.textContent = words('on')
    const mine = recorder
    setTimeout(() => mine.state === 'recording' && mine.stop(), LONGEST)
  }

  button.addEventListener('click', () => (recorder?.state === 'recording' ? recorder.stop() : start()))
}

if (box && words('start') && 'MediaRecorder' in window && navigator.mediaDevices && 'DataTransfer' in window) wake()
